"""A headless Chromium for tests, driven over a pipe: no driver, no port, no dependency.

It speaks the DevTools protocol: JSON messages, each ended by a zero byte, which Chromium
reads from its file descriptor 3 and writes to 4.  It cannot reach any host.
"""

import base64
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

PROGRAM = shutil.which("chromium")

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--remote-debugging-pipe",
)

#: longest wait for anything, in seconds
PATIENCE = 60.0

# Puts the two pipes where Chromium looks for them; numbers from 10 up cannot be in the way.
LAUNCHER = """
import fcntl, os, sys
reader, writer = (fcntl.fcntl(int(number), fcntl.F_DUPFD, 10) for number in sys.argv[1:3])
os.dup2(reader, 3)
os.dup2(writer, 4)
os.execv(sys.argv[3], sys.argv[3:])
"""


class ChromiumError(Exception):
    """Chromium did not do what the test asked of it."""


class Browser:
    """A Chromium process with an empty profile, to be used in a `with` statement."""

    def __init__(self) -> None:
        if PROGRAM is None:
            raise ChromiumError("no chromium on the PATH")
        self.events: list[dict[str, Any]] = []
        self._answers: dict[int, dict[str, Any]] = {}
        self._number = 0
        self._buffer = b""
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        theirs_in, self._to = os.pipe()
        self._from, theirs_out = os.pipe()
        launch = (sys.executable, "-c", LAUNCHER, str(theirs_in), str(theirs_out), PROGRAM)
        self._process = subprocess.Popen(
            [*launch, *FLAGS, f"--user-data-dir={self._profile.name}"],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(theirs_in)
        os.close(theirs_out)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._to)
        os.close(self._from)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(PATIENCE)
        self._profile.cleanup()

    def send(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        """Return the result of a DevTools command."""
        self._number += 1
        number = self._number
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if session is not None:
            message["sessionId"] = session
        os.set_blocking(self._to, True)
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self._to, data) :]
        deadline = time.monotonic() + PATIENCE
        while number not in self._answers:
            self.receive(deadline)
        answer = self._answers.pop(number)
        if "error" in answer:
            raise ChromiumError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def receive(self, deadline: float) -> None:
        """Take in what Chromium says next; an answer is kept for `send`, the rest are events."""
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([self._from], [], [], left)[0]:
            raise ChromiumError(f"no answer within {PATIENCE:.0f} s")
        chunk = os.read(self._from, 1 << 20)
        if not chunk:
            raise ChromiumError("chromium has gone")
        *messages, self._buffer = (self._buffer + chunk).split(b"\0")
        for message in map(json.loads, messages):
            if "id" in message:
                self._answers[message["id"]] = message
            else:
                self.events.append(message)

    def open(
        self,
        path: Path,
        *,
        fragment: str = "",
        size: tuple[int, int] = (1280, 800),
        dark: bool = False,
        calm: bool = True,
    ) -> "Page":
        """Return a new tab with the file `path`, once its network has been drawn."""
        page = Page(self, path.resolve().as_uri(), size=size, dark=dark, calm=calm)
        page.go(fragment)
        return page


class Page:
    """A tab; `requests` and `messages` tell what it asked for and complained of."""

    def __init__(
        self, browser: Browser, url: str, *, size: tuple[int, int], dark: bool, calm: bool
    ) -> None:
        self.browser = browser
        self.url = url
        target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        attached = browser.send("Target.attachToTarget", targetId=target, flatten=True)
        self.target = target
        self.session: str = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")
        width, height = size
        phone = width < 700
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2 if phone else 1,
            mobile=phone,
        )
        self.emulate(dark=dark, calm=calm)

    def emulate(self, *, dark: bool, calm: bool = True) -> None:
        """Let the user have asked for dark colours, and for little motion."""
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if calm else "no-preference"},
        ]
        self.send("Emulation.setEmulatedMedia", features=features)

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Return the result of a DevTools command to this tab."""
        return self.browser.send(method, self.session, **parameters)

    def go(self, fragment: str = "") -> None:
        """Load the page, with `fragment` after the #, and wait until it has been drawn."""
        self.send("Page.navigate", url=self.url + (f"#{fragment}" if fragment else ""))
        self.wait_for("document.readyState === 'complete' && window.gdakg?.ready === true")

    def evaluate(self, expression: str) -> Any:
        """Return the value of a JavaScript expression; an exception in it is raised here."""
        answer = self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            raise ChromiumError(json.dumps(answer["exceptionDetails"])[:2000])
        return answer["result"].get("value")

    def wait_for(self, condition: str) -> None:
        """Return when the JavaScript expression `condition` has become true."""
        deadline = time.monotonic() + PATIENCE
        while not self._holds(condition):
            if time.monotonic() > deadline:
                raise ChromiumError(f"never true: {condition}; {self.messages}")
            time.sleep(0.05)

    def _holds(self, condition: str) -> bool:
        """Return whether `condition` is true; not of a page that gives way to the next one."""
        try:
            return bool(self.evaluate(f"Boolean({condition})"))
        except ChromiumError as error:
            if "navigated or closed" in str(error):
                return False
            raise

    def click(self, selector: str) -> None:
        """Click the first element that the CSS selector finds."""
        self.evaluate(f"document.querySelector({json.dumps(selector)}).click()")

    def type(self, selector: str, text: str) -> None:
        """Put the keyboard into an emptied input and enter `text`, as an input method does."""
        found = f"document.querySelector({json.dumps(selector)})"
        self.evaluate(f"{found}.focus(), {found}.select()")
        self.send("Input.insertText", text=text)

    def choose(self, name: str, value: str) -> None:
        """Give the menu, the radios or the box called `name` a value, as a user does."""
        self.evaluate(
            f"""(() => {{
              const all = [...document.querySelectorAll({json.dumps(f"[name={name}]")})];
              const radio = all.find((e) => e.type === 'radio' && e.value === {json.dumps(value)});
              if (radio) radio.checked = true; else all[0].value = {json.dumps(value)};
              (radio ?? all[0]).dispatchEvent(new Event('input', {{ bubbles: true }}));
            }})()"""
        )

    def text(self, selector: str) -> str:
        """Return the text that shows of the first element that the CSS selector finds."""
        found: str = self.evaluate(f"document.querySelector({json.dumps(selector)}).innerText")
        return found

    def press(self, key: str) -> None:
        """Press and release a key that has a name, such as "Enter"."""
        code = {"Enter": 13, "Escape": 27, "ArrowDown": 40, "ArrowUp": 38, "Tab": 9}[key]
        for kind in ("keyDown", "keyUp"):
            more = {"text": "\r"} if key == "Enter" and kind == "keyDown" else {}
            self.send(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code=key,
                windowsVirtualKeyCode=code,
                **more,
            )

    def screenshot(self, path: Path) -> None:
        """Write what the tab shows to `path` as PNG."""
        picture = self.send("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(picture))

    def close(self) -> None:
        """Close the tab."""
        self.browser.send("Target.closeTarget", targetId=self.target)

    def close_quiet(self) -> None:
        """Close the tab, which must have asked for nothing and complained of nothing."""
        assert not self.requests, self.requests
        assert not self.messages, self.messages
        self.close()

    def _events(self, *methods: str) -> list[dict[str, Any]]:
        self.evaluate("0")  # what was said before the answer has then been taken in
        return [
            event["params"]
            for event in self.browser.events
            if event.get("sessionId") == self.session and event["method"] in methods
        ]

    @property
    def requests(self) -> list[str]:
        """The URLs that the page asked for, without itself and its own data."""
        urls = [event["request"]["url"] for event in self._events("Network.requestWillBeSent")]
        return [url for url in urls if url != self.url and not url.startswith(("data:", "blob:"))]

    @property
    def messages(self) -> list[str]:
        """What stands in the console: messages, exceptions, breaches of the policy."""
        said = self._events("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        return [json.dumps(each, ensure_ascii=False)[:2000] for each in said]
