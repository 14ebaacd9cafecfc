"""The modules that draw the page; only they know Streamlit."""
