"""The page where people ask: `streamlit run app.py`, or `wellread serve`."""

from pathlib import Path

from streamlit.starlette import App

from wellread.api.beside_page import routes
from wellread.page.app import main
from wellread.page.first_screen import first_screen
from wellread.page.guard import guards
from wellread.page.process import prepare_process
from wellread.page.sending import at_once

INDEX = Path(__file__).resolve().parent / "index"

if __name__ == "__main__":  # Streamlit runs this file anew for every visit
    main(INDEX)
else:  # and imports it once, for the server
    prepare_process()
    app = App(
        Path(__file__).resolve(), routes=routes(INDEX), middleware=[*at_once(), *guards(INDEX), *first_screen(INDEX)]
    )
