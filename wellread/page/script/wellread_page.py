"""What Streamlit runs for `wellread serve`, in a folder of its own because Streamlit imports from that folder."""

from pathlib import Path

from streamlit.starlette import App

from wellread.api.beside_page import routes
from wellread.commands import DEFAULT_INDEX
from wellread.page.app import main
from wellread.page.first_screen import first_screen
from wellread.page.guard import guards
from wellread.page.process import prepare_process
from wellread.page.sending import at_once

if __name__ == "__main__":  # Streamlit runs this file anew for every visit
    main(DEFAULT_INDEX)
else:  # and imports it once, for the server
    prepare_process()
    app = App(
        Path(__file__).resolve(),
        routes=routes(DEFAULT_INDEX),
        middleware=[*at_once(), *guards(DEFAULT_INDEX), *first_screen(DEFAULT_INDEX)],
    )
