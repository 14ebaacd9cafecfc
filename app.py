"""The page where people ask: `streamlit run app.py`."""

from pathlib import Path

from wellread.page.app import main

main(Path(__file__).parent / "index")
