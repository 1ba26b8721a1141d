"""The command, for python -m audit.cli."""

from audit.cli import main

if __name__ == "__main__":
    main()
