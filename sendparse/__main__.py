"""`python -m sendparse` is the `sendparse` command."""

from sendparse.cli import main

if __name__ == "__main__":
    main()
