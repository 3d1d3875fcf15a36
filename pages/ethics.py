"""Ethics: what goes wrong with AI, which rules apply, and a register that says who does what about it."""

from aipm.ui import governance_keep, governance_page

view = governance_page.top("ethics")
match view:
    case "cases":
        from aipm.ui import ethics_cases

        ethics_cases.draw()
    case "triage":
        from aipm.ui import ethics_triage

        ethics_triage.draw()
    case "register":
        from aipm.ui import ethics_register

        ethics_register.draw()
    case "people":
        from aipm.ui import ethics_people

        ethics_people.draw()
    case "privacy":
        from aipm.ui import ethics_privacy

        ethics_privacy.draw()
    case "notice":
        from aipm.ui import ethics_notice

        ethics_notice.draw()
    case "incident":
        from aipm.ui import ethics_incident

        ethics_incident.draw()
    case "hand_on":
        from aipm.ui import ethics_hand_on

        ethics_hand_on.draw()
governance_page.onwards("ethics", view)
governance_keep.draw(sample=view == "hand_on")
