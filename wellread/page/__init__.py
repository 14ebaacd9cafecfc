"""The modules that draw the page; only they and app.py know Streamlit."""
