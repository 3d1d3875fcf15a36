"""What a session has worked out is kept for the questions asked last, refusals too."""

from streamlit.testing.v1 import AppTest


def page():
    import streamlit as st

    from aipm.tables import Refusal
    from aipm.ui.memo import once

    worked = st.session_state.setdefault("worked", [])
    question = st.number_input("question", 0, 9, 0, key="question")

    def work() -> str:
        worked.append(question)
        if question == 9:
            raise Refusal("nine", "Nine is too much.")
        return f"answer {question}"

    try:
        st.text(once("page", "answers", question, work, working="At it…", keep=2))
    except Refusal as refusal:
        st.text(refusal.message)


def asked(*questions):
    app = AppTest.from_function(page, default_timeout=300).run()
    shown = []
    for question in questions:
        shown.append(app.number_input(key="question").set_value(question).run().text[0].value)
        assert not app.exception
    return shown, app.session_state["worked"][1:]


def test_an_answer_is_worked_out_once():
    assert asked(1, 1) == (["answer 1", "answer 1"], [1])


def test_going_back_to_the_question_before_works_nothing_out():
    assert asked(1, 2, 1, 2)[1] == [1, 2]


def test_older_answers_are_forgotten():
    assert asked(1, 2, 3, 1)[1] == [1, 2, 3, 1]


def test_the_answer_used_last_is_kept_longest():
    assert asked(1, 2, 1, 3, 1)[1] == [1, 2, 3]


def test_a_refusal_is_an_answer_too():
    assert asked(9, 9) == (["Nine is too much.", "Nine is too much."], [9])


def test_nothing_is_left_of_the_words_shown_meanwhile():
    app = AppTest.from_function(page, default_timeout=300).run()
    assert "At it" not in str(app.main)
