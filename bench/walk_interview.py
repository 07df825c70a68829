"""Prints the screens, clicks and keystrokes of one interview: `python -m bench.walk_interview`."""

from tests.walks.counted import walk_in_a_browser

if __name__ == "__main__":
    effort = walk_in_a_browser()
    print(f"screens {effort.screens}, clicks {effort.clicks}, keystrokes {effort.keys}")
