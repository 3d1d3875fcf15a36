"""What the command line says, read as strictly as a pipeline would."""

import json


def strict(text):
    def refuse(name):
        raise ValueError(name)

    return json.loads(text, parse_constant=refuse)
