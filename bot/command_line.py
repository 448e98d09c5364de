"""What can be said on the command line."""

import argparse
from pathlib import Path


def read_command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="main.py", description="Reception: the front desk of a clinic, in Telegram.")
    commands = parser.add_subparsers(dest="command")
    commands.add_parser("run", help="serve Telegram; without BOT_TOKEN, the sandbox with the demo clinic (the default)")
    commands.add_parser("load-demo", help="fill a fresh database with the demo clinic of the profile")
    commands.add_parser("demo-page", help="print the page that lists the demo clinic's people")
    importing = commands.add_parser("import", help="load a clinic's own data: docs/import.md")
    importing.add_argument("files", nargs="+", type=Path, metavar="file.csv", help="clinics, doctors, agendas")
    importing.add_argument("--partial", action="store_true", help="agendas that the file does not name stay")
    commands.add_parser("cases", help="print what waits for an operator")
    backing_up = commands.add_parser("backup", help="copy a SQLite database while the desk works: docs/deployment.md")
    backing_up.add_argument("file", type=Path, help="the copy; it must not be there yet")
    return parser.parse_args()
