"""What Streamlit runs for `wellread serve`, in a folder of its own because Streamlit imports from that folder."""

from wellread.commands import DEFAULT_INDEX
from wellread.page.app import main

main(DEFAULT_INDEX)
