"""`python -m gdakg` is the command line."""

from gdakg.cli import main

main(prog_name="gdakg")
