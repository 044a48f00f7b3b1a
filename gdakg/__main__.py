"""The command `gdakg`, and `python -m gdakg`."""

import gc


def run() -> None:
    """Run the command line.

    Without the collector of reference cycles: a process that gives one answer frees all it has
    when it ends, and looking for cycles takes 5 % of its time.
    """
    gc.disable()

    from gdakg.cli import main

    main(prog_name="gdakg")


if __name__ == "__main__":
    run()
