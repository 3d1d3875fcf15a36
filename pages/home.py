"""Home: what the product helps decide, where to begin, and the tools in the order of a product's life."""

import streamlit as st

from aipm.ui import home, page

text = home.home()

page.draw(home.opening(text))
for column, visitor in zip(st.columns(len(text.start.visitors), gap="medium"), text.start.visitors, strict=True):
    with column:
        page.draw(home.visitor(visitor))
        page.link(visitor.page, visitor.link)
        if visitor.sample:
            page.link(visitor.page, visitor.sample_link, sample=visitor.sample)

page.section(text.life.title)
for tool in text.life.tools:
    with st.container(key=f"tool-{tool.page}"):
        page.draw(home.tool(tool))
        page.link(tool.page, tool.link)

page.draw(home.principles(text.principles))
