"""From a pain in plain words to the capability that fits it, or to no AI at all."""
