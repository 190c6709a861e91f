"""Run `python -m analysis`."""

from analysis.errors import end


def _run() -> None:
    from analysis.cli import main  # its libraries take a second, in which Ctrl-C may come

    main()


if __name__ == "__main__":
    end(_run)
