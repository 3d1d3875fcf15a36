"""`python -m aipm.mapping.keep`: encode the content anew, after its entries, examples or cases were edited."""

from aipm.mapping.heads import lessons
from aipm.mapping.search import searchable
from aipm.mapping.vectors import save

if __name__ == "__main__":
    save([*(lesson.text for lesson in lessons()), *searchable()])
