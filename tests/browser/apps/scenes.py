"""One app for all that the product itself never does: ?scene=faulty and so on, served as the product is."""

import importlib

import streamlit as st

from aipm.ui import server

if st.runtime.exists():
    importlib.import_module(st.query_params["scene"]).draw()
else:
    app = st.App(
        __file__, lifespan=server.lifespan, middleware=server.middleware(), on_script_error=server.explain_error
    )
