"""The page where people ask: `streamlit run app.py`, or `wellread serve`."""

from pathlib import Path

from wellread.page.app import main

main(Path(__file__).parent / "index")
