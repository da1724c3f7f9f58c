"""`python -m tongban` is the operators' command."""

from tongban.console.cli import main

main()
