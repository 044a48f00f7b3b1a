"""`gdakg watch`: what has changed since a date."""

import csv
import io
import json

from listed import run


def test_watch_in_words_csv_and_json() -> None:
    words = run("watch")
    assert words.stdout.splitlines()[-1] == (
        "662 curated standards, since 2023-12: 35 revised, 4 replaced, 6 withdrawn"
    )
    assert max(map(len, words.stdout.splitlines())) <= 80
    listed = run("watch", "--since", "2026-03", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(listed.stdout)))
    told = {row["standard"]: row for row in rows}
    assert told["ITU-T L.1331"]["after"] == "ITU-T L.1331 (07/2026)"
    assert told["ITU-T L.1331"]["change"] == "revised"
    assert "ITU-T L.1410" not in told
    assert "since 2026-03" in listed.stderr
    answer = json.loads(run("watch", "--format", "json").stdout)
    assert (answer["since"], answer["searched"], len(answer["changes"])) == ("2023-12", 662, 45)


def test_watch_in_chinese() -> None:
    assert run("watch", "--lang", "zh-Hans").stdout.splitlines()[-1] == (
        "收录标准662项，自2023-12起：修订35，被代替4，废止6"
    )


def test_watch_refuses_what_is_no_date() -> None:
    done = run("watch", "--since", "yesterday")
    assert (done.exit_code, "2024-06-30" in done.stderr) == (1, True)
