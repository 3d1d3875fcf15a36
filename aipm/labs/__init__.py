"""The numbers behind the interactive explanations: networks, tokens, attention, sampling, learning."""
