"""Lifecycle: from discovery to distribution and back, as forms that leave something behind."""

from aipm.ui import governance_keep, governance_page

view = governance_page.top("lifecycle")
match view:
    case "cycle":
        from aipm.ui import lifecycle_cycle

        lifecycle_cycle.draw()
    case "stack":
        from aipm.ui import lifecycle_stack

        lifecycle_stack.draw()
    case "gates":
        from aipm.ui import lifecycle_gates

        lifecycle_gates.draw()
    case "metrics":
        from aipm.ui import lifecycle_metrics

        lifecycle_metrics.draw()
    case "test":
        from aipm.ui import lifecycle_test

        lifecycle_test.draw()
    case "feedback":
        from aipm.ui import lifecycle_feedback

        lifecycle_feedback.draw()
    case "repeat":
        from aipm.ui import lifecycle_repeat

        lifecycle_repeat.draw()
    case "roles":
        from aipm.ui import lifecycle_roles

        lifecycle_roles.draw()
governance_page.onwards("lifecycle", view)
governance_keep.draw()
