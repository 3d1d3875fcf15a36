"""Starts the app: `streamlit run app.py`. Streamlit reads this file as the server and as each visitor's script."""

import streamlit as st

from aipm.ui import server, shell

if st.runtime.exists():
    shell.run()
else:
    app = st.App(
        __file__,
        lifespan=server.lifespan,
        middleware=server.middleware(),
        routes=server.routes(),
        on_script_error=server.explain_error,
    )
