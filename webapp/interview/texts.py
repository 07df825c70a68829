"""Every word of the respondents' pages that is not in the questionnaire, by language."""

from __future__ import annotations

from collections.abc import Mapping

FALLBACK = "en"

TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {
        # every page
        "back": "Back",
        "back_label": "To the page before",
        "continue": "Continue",
        "error": "Error: ",
        "error_title": "There is a problem",
        "page_title": "{page} – {service}",
        "success": "Done",
        "important": "Please note",
        "change": "Change",
        "select_blank": "Choose one",
        "not_sure": "Not sure",
        "other": "Other",
        "other_label": "Write what it is",
        "leave": "Save and leave",
        # the start page
        "start_lead": "{who} would like to know who you talk to at work, what about and how often.",
        "start_for": "This link is for {person}.",
        "start_why_title": "Why we ask",
        "start_why": (
            "People in the NHS learn a lot from each other. Nobody can see how unless we ask. "
            "Your answers help to show where people share what they know, and where they need more help to do so."
        ),
        "start_kept_title": "What we keep and who sees it",
        "start_kept_answers": "We keep your answers. Only the team that runs this study can see them.",
        "start_kept_groups": "Reports show groups of people. They never show what one person said.",
        "start_kept_judged": "No one is judged by their answers.",
        "start_names_none": "We do not keep names. What you type to tell people apart is deleted when you finish.",
        "start_names_initials": "We do not keep names. What you type to tell people apart is deleted when you finish.",
        "start_names_roster": (
            "If you pick a person from the staff list, we keep who you picked. "
            "A name that you type is deleted when you finish."
        ),
        "start_names_vault": (
            "Names are kept apart from your answers, under lock. A name that you type is deleted when you finish."
        ),
        "start_time_title": "How long it takes",
        "start_time": "Most people take about {minutes} minutes. You can stop and come back with the same link.",
        "start_deadline": "Please send your answers by {day}.",
        "start_button": "Start",
        "resume_button": "Continue where you left off",
        "resume_title": "You have begun",
        "resume_saved": "We have saved your answers to {done} of {all} pages.",
        "resume_saved_one": "We have saved your answers to 1 of {all} pages.",
        "resume_saved_none": "No answers are saved yet.",
        "resume_ready": "You have answered everything. You only need to check your answers and send them.",
        "resume_people": "You have added {count} people.",
        "resume_people_one": "You have added 1 person.",
        "not_you_title": "Not {person}?",
        "not_you": (
            "Each link is for one person. Please close this page and do not answer for someone else. "
            "Ask the person who sent it to you for a link of your own."
        ),
        "decline_link": "Do not ask me again",
        "declined_notice": "You told us that you do not want to take part. You can still change your mind and start.",
        # do not ask me again
        "decline_title": "Do you want us to stop asking you?",
        "decline_text": "We will not write to you again about this study in this round.",
        "decline_begun": "Answers that you have saved but not sent will not be used.",
        "decline_button": "Yes, do not ask me again",
        "decline_keep": "No, go back",
        "declined_title": "We will not ask you again",
        "declined_text": "You do not need to do anything else. You can close this page.",
        "declined_undo": "Changed your mind? You can still take part until {day}.",
        # names
        "name_hint_roster": "Type a name, a job or a place of work.",
        "name_hint_both": (
            "Type a name, a job or a place of work. If a person is not on the list, type their name and press Add."
        ),
        "name_hint_typed": "Type one name, then press Add.",
        "name_add": "Add",
        "name_empty": "Type the name of a person, then press Add",
        "name_long": "The name must be {most} characters or fewer",
        "name_unknown": "We could not find “{name}” on the list. Check the spelling",
        "name_waiting": "Press Add to add “{name}”, or clear the box to go on",
        "name_full": "You have added {most} people. That is as many as you can add.",
        "name_no_one_said": "You told us: “{answer}”.",
        "name_reuse": "Add {name}",
        "name_reuse_title": "Did you talk to any of these people too?",
        "name_list": "You have added {count} people",
        "name_list_one": "You have added 1 person",
        "name_remove": "Remove",
        "name_describe": "Say where they work",
        "name_describe_again": "Change where they work",
        "name_continue": "Continue with {count} people",
        "name_continue_one": "Continue with 1 person",
        "name_nudges": "Think about these people too:",
        "added": "Added {name}.",
        "added_before": "{name} is on your list.",
        "removed": "Removed. {count} people are left on your list.",
        "removed_one": "Removed. 1 person is left on your list.",
        "removed_none": "Removed. Your list is empty.",
        # which one do you mean
        "choose_title": "Which “{name}” do you mean?",
        "choose_many": "We show up to {most} people. If you do not see yours, go back and type more of the name.",
        "choose_none": "None of these: add “{name}” as typed",
        "choose_again": "None of these: search again",
        "choose_button": "Add",
        "choose_empty": "Select a person, or “None of these”",
        "choose_or": "or",
        # a person who was typed
        "describe_lead": "It helps to know where people work and what they do. You can leave this out.",
        "describe_site": "Where do they work?",
        "describe_role": "What is their main job?",
        "describe_button": "Continue",
        # remove
        "remove_title": "Do you want to remove {name}?",
        "remove_lead": "You have answered questions about {name}. If you remove them, we delete these answers:",
        "remove_button": "Yes, remove {name}",
        "remove_keep": "No, keep {name}",
        # a person, a grid
        "person_progress": "Person {place} of {count}",
        "grid_caption": "What you and each person learn from each other",
        "grid_person": "Person",
        "cell_i_get": "I learn",
        "cell_i_give": "They learn",
        "grid_hint_link": "What these words mean",
        # check your answers
        "check_title": "Check your answers",
        "check_lead": "You can change anything before you send your answers.",
        "check_send_title": "Now send your answers",
        "check_send": "You cannot change your answers after you send them. Names that you typed will be deleted.",
        "check_send_typed_none": "You cannot change your answers after you send them.",
        "check_button": "Send my answers",
        "check_blank": "Not answered",
        "check_no_one": "I do not go to anyone",
        # the end
        "done_title": "Thank you",
        "done_panel": "Your answers have been sent",
        "done_next_title": "What happens next",
        "done_next_closes": "We collect answers until {day}. Then we put everyone’s answers together.",
        "done_next_wave": "We will ask you again from {day}, to see what has changed.",
        "done_next_nothing": "You do not need to do anything else. You can close this page.",
        "done_map_open": "See your own network",
        "done_map_warning": "This shows the names of people. Check that no one else can see your screen.",
        "done_map_typed": "Names that you typed have been deleted. Those people are shown by a number.",
        "done_map_private": "Only you see this picture.",
        "done_map_empty": "You told us that you do not go to anyone, so there is no picture to show.",
        # own map
        "map_title": "Your own network",
        "map_desc": "You are in the middle, with a line to each of {count} people. The table below tells you the same.",
        "map_desc_one": "You are in the middle, with a line to 1 person. The table below tells you the same.",
        "map_you": "You",
        "map_elsewhere": "Place not known",
        "map_key": "What the lines mean",
        "map_key_width": "A thicker line means that you talk more often.",
        "map_key_arrow": "An arrow points to the one who learns.",
        "map_table": "The same as a table",
        "map_person": "Person",
        "map_how": "How you talk",
        "map_what": "What you talk about",
        "map_you_learn": "You learn: {what}",
        "map_they_learn": "They learn: {what}",
        "map_nothing": "nothing ticked",
        "map_unsaid": "Not answered",
        "formality_formal": "Set meetings or groups",
        "formality_informal": "People you know",
        "formality_both": "Both",
        "formality_unsaid": "Not answered",
        # leaving
        "left_title": "You can close this page",
        "left_text": "Use the link in your e-mail to come back by {day}.",
        "left_saved": "Your answers are saved.",
        "left_unsaved": "The page you were on was not complete, so its answers are not saved. All pages before it are.",
        "left_return": "Go back to the questions",
        # notices
        "notice_later": "That page comes later. Please answer this one first. Nothing was saved.",
        "notice_waiting": "Please answer this page, then send your answers.",
        "notice_gone": "That person is no longer on your list. Nothing was saved.",
        # months, for dates
        "months": "January February March April May June July August September October November December",
    },
}


def texts(language: str) -> Mapping[str, str]:
    """The words of the pages in a language; English for a language that is not there yet."""
    return TEXTS.get(language, TEXTS[FALLBACK])


def counted(words: Mapping[str, str], name: str, count: int, **names: object) -> str:
    """The text of that name for a number: `name_one` for one, `name_none` for none where there is one."""
    special = {0: f"{name}_none", 1: f"{name}_one"}.get(count, name)
    return words.get(special, words[name]).format(count=count, **names)
