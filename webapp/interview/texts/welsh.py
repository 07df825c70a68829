"""The words of the respondents' pages in Welsh: plain, addressed to "chi"; to be read by a Welsh speaker before use."""

from __future__ import annotations

from collections.abc import Mapping

WELSH: Mapping[str, str] = {
    # every page
    "back": "Yn ôl",
    "back_label": "I'r dudalen flaenorol",
    "continue": "Parhau",
    "error": "Gwall: ",
    "error_title": "Mae problem",
    "page_title": "{page} – {service}",
    "success": "Wedi'i wneud",
    "important": "Sylwch",
    "change": "Newid",
    "select_blank": "Dewiswch un",
    "not_sure": "Ddim yn siŵr",
    "other": "Arall",
    "other_label": "Ysgrifennwch beth ydyw",
    "leave": "Cadw a gadael",
    "hangs": "Efallai na fydd angen i chi ateb hwn. Mae'n dibynnu ar yr hyn a ddywedoch chi uchod.",
    "hangs_on": "Atebwch hwn dim ond os dywedoch chi {answers} i “{question}”",
    "hangs_or": " neu ",
    # every page, beside what it asks
    "skip": "Neidio i'r prif gynnwys",
    "information": "Gwybodaeth: ",
    "language_label": "Iaith",
    "minutes_left": "Tua {count} munud ar ôl",
    "minutes_left_one": "Tua 1 munud ar ôl",
    "minutes_left_none": "Llai nag 1 munud ar ôl",
    "confirm": "Ydy, mae hyn yn iawn",
    "each_person": "pob person",
    "top_label": "Ble rydych chi",
    "help": "Help gyda'r dudalen hon",
    # the start page
    "start_lead": "Hoffai {who} wybod gyda phwy rydych chi'n siarad yn y gwaith, am beth a pha mor aml.",
    "start_for": "Mae'r ddolen hon ar gyfer {person}.",
    "start_why_title": "Pam rydym yn gofyn",
    "start_why": (
        "Mae pobl yn y GIG yn dysgu llawer gan ei gilydd. Ni all neb weld sut heb i ni ofyn. "
        "Mae eich atebion yn helpu i ddangos ble mae pobl yn rhannu gwybodaeth, a ble mae angen mwy o help arnynt."
    ),
    "start_kept_title": "Beth rydym yn ei gadw a phwy sy'n ei weld",
    "start_kept_answers": "Rydym yn cadw eich atebion. Dim ond y tîm sy'n cynnal yr astudiaeth hon all eu gweld.",
    "start_kept_groups": "Mae adroddiadau'n dangos grwpiau o bobl. Nid ydynt byth yn dangos beth ddywedodd un person.",
    "start_kept_judged": "Nid oes neb yn cael ei farnu ar sail ei atebion.",
    "start_names_none": (
        "Nid ydym yn cadw enwau. Mae'r hyn a deipiwch i gofio pwy yw pwy yn cael ei ddileu pan fyddwch yn gorffen."
    ),
    "start_names_initials": (
        "Nid ydym yn cadw enwau. Mae'r hyn a deipiwch i gofio pwy yw pwy yn cael ei ddileu pan fyddwch yn gorffen."
    ),
    "start_names_roster": (
        "Os dewiswch berson o'r rhestr staff, rydym yn cadw pwy a ddewisoch. "
        "Mae enw a deipiwch yn cael ei ddileu pan fyddwch yn gorffen."
    ),
    "start_names_vault": (
        "Mae enwau'n cael eu cadw ar wahân i'ch atebion. "
        "Dim ond nes i ni wybod pwy rydych yn ei olygu y cedwir enw a deipiwch. Yna mae'n cael ei ddileu."
    ),
    "start_time_title": "Faint o amser mae'n ei gymryd",
    "start_time": (
        "Mae'n cymryd tua {minutes} munud i'r rhan fwyaf o bobl. Gallwch stopio a dod yn ôl gyda'r un ddolen."
    ),
    "start_deadline": "Anfonwch eich atebion erbyn {day}.",
    "start_button": "Dechrau",
    "resume_button": "Parhau o'r lle roeddech chi",
    "resume_title": "Rydych wedi dechrau",
    "resume_saved": "Rydym wedi cadw eich atebion i {done} o {all} tudalen.",
    "resume_saved_one": "Rydym wedi cadw eich atebion i 1 o {all} tudalen.",
    "resume_saved_none": "Nid oes atebion wedi'u cadw eto.",
    "resume_ready": "Rydych wedi ateb popeth. Dim ond gwirio eich atebion a'u hanfon sydd ar ôl.",
    "resume_people": "Rydych wedi ychwanegu {count} o bobl.",
    "resume_people_one": "Rydych wedi ychwanegu 1 person.",
    "not_you_title": "Nid chi yw {person}?",
    "not_you": (
        "Mae pob dolen ar gyfer un person. Caewch y dudalen hon a pheidiwch ag ateb dros rywun arall. "
        "Gofynnwch i'r person a'i hanfonodd am ddolen i chi."
    ),
    "decline_link": "Peidiwch â gofyn i mi eto",
    "declined_notice": "Dywedoch nad ydych am gymryd rhan. Gallwch newid eich meddwl a dechrau o hyd.",
    # do not ask me again
    "decline_title": "Ydych chi am i ni beidio â gofyn i chi eto?",
    "decline_text": "Ni fyddwn yn ysgrifennu atoch eto am yr astudiaeth hon yn y rownd hon.",
    "decline_begun": "Ni fydd atebion rydych wedi'u cadw ond heb eu hanfon yn cael eu defnyddio.",
    "decline_always": "Peidiwch ag ysgrifennu ataf mewn rowndiau diweddarach chwaith",
    "decline_button": "Ydw, peidiwch â gofyn i mi eto",
    "decline_keep": "Na, ewch yn ôl",
    "declined_title": "Ni fyddwn yn gofyn i chi eto",
    "declined_always": "Ni fyddwn yn ysgrifennu atoch mewn rowndiau diweddarach chwaith.",
    "declined_text": "Nid oes angen i chi wneud dim byd arall. Gallwch gau'r dudalen hon.",
    "declined_undo": "Wedi newid eich meddwl? Gallwch gymryd rhan tan {day}.",
    # names
    "name_hint_roster": "Teipiwch enw, swydd neu le gwaith.",
    "name_hint_both": (
        "Teipiwch enw, swydd neu le gwaith. Os nad yw'r person ar y rhestr, teipiwch yr enw a phwyswch Ychwanegu."
    ),
    "name_hint_typed": "Teipiwch un enw, yna pwyswch Ychwanegu.",
    "name_add": "Ychwanegu",
    "name_empty": "Teipiwch enw person, yna pwyswch Ychwanegu",
    "name_long": "Rhaid i'r enw fod yn {most} nod neu lai",
    "name_unknown": "Ni allem ddod o hyd i “{name}” ar y rhestr. Gwiriwch y sillafu",
    "name_waiting": "Pwyswch Ychwanegu i ychwanegu “{name}”, neu gliriwch y blwch i barhau",
    "name_not_there": "Ni allem ddod o hyd i'r person hwnnw. Chwiliwch eto, neu teipiwch eu henw",
    "name_full": "Rydych wedi ychwanegu {most} o bobl. Dyna'r nifer mwyaf y gallwch ei ychwanegu.",
    "name_no_one_said": "Dywedoch: “{answer}”.",
    "name_reuse": "Ychwanegu {name}",
    "name_reuse_title": "A wnaethoch siarad ag unrhyw un o'r bobl hyn hefyd?",
    "name_list": "Rydych wedi ychwanegu {count} o bobl",
    "name_list_one": "Rydych wedi ychwanegu 1 person",
    "name_remove": "Tynnu",
    "name_describe": "Dweud ble mae'n gweithio",
    "name_describe_again": "Newid ble mae'n gweithio",
    "name_continue": "Parhau gyda {count} o bobl",
    "name_continue_one": "Parhau gydag 1 person",
    "name_nudges": "Meddyliwch am y bobl hyn hefyd:",
    "added": "Ychwanegwyd {name}.",
    "added_before": "Mae {name} ar eich rhestr.",
    "removed": "Wedi'i dynnu. Mae {count} o bobl ar ôl ar eich rhestr.",
    "removed_one": "Wedi'i dynnu. Mae 1 person ar ôl ar eich rhestr.",
    "removed_none": "Wedi'i dynnu. Mae eich rhestr yn wag.",
    "name_searching": "Yn chwilio",
    "name_none_found": "Heb ddod o hyd i neb. Pwyswch Ychwanegu i ychwanegu'r enw a deipioch.",
    "name_short": "Teipiwch 3 llythyren neu fwy i chwilio",
    "name_assist": "Pan fydd enwau'n ymddangos, defnyddiwch y saethau i fyny ac i lawr, yna Enter i ychwanegu un.",
    "name_position": "Ychwanegu swydd yn lle enw",
    "name_position_lead": "Os nad ydych yn gwybod yr enw, dywedwch beth yw'r swydd a'r lle.",
    "name_position_role": "Pa swydd?",
    "name_position_site": "Ym mha le?",
    "name_position_add": "Ychwanegu'r swydd hon",
    "name_position_empty": "Dewiswch swydd a lle, yna pwyswch Ychwanegu'r swydd hon",
    "position": "{role}, {site}",
    # the same name again
    "same_title": "Rydych eisoes wedi ychwanegu {name}. Ai'r un person yw hwn?",
    "same_yes": "Ie, yr un person",
    "same_no": "Na, person arall gyda'r enw hwn",
    "same_empty": "Dewiswch ai'r un person yw hwn",
    # which one do you mean
    "choose_title": "Pa “{name}” ydych chi'n ei feddwl?",
    "choose_many": ("Rydym yn dangos hyd at {most} o bobl. Os na welwch y person, ewch yn ôl a theipiwch fwy o'r enw."),
    "choose_none": "Dim un o'r rhain: ychwanegu “{name}” fel y'i teipiwyd",
    "choose_again": "Dim un o'r rhain: chwilio eto",
    "choose_button": "Ychwanegu",
    "choose_empty": "Dewiswch berson, neu “Dim un o'r rhain”",
    "choose_or": "neu",
    # a person who was typed
    "describe_lead": "Mae'n helpu i wybod ble mae pobl yn gweithio a beth maen nhw'n ei wneud. Gallwch hepgor hyn.",
    "describe_site": "Ble mae'n gweithio?",
    "describe_role": "Beth yw ei brif swydd?",
    "describe_button": "Parhau",
    # remove
    "remove_title": "Ydych chi am dynnu {name}?",
    "remove_lead": ("Rydych wedi ateb cwestiynau am {name}. Os byddwch yn tynnu'r enw, byddwn yn dileu'r atebion hyn:"),
    "remove_button": "Ydw, tynnu {name}",
    "remove_keep": "Na, cadw {name}",
    # a person, a grid
    "person_progress": "Person {place} o {count}",
    "grid_caption": "Beth rydych chi a phob person yn ei ddysgu gan eich gilydd",
    "grid_person": "Person",
    "cell_i_get": "Rwy'n dysgu",
    "cell_i_give": "Maen nhw'n dysgu",
    "grid_hint_link": "Beth mae'r geiriau hyn yn ei olygu",
    # check your answers
    "check_title": "Gwiriwch eich atebion",
    "check_lead": "Gallwch newid unrhyw beth cyn anfon eich atebion.",
    "check_send_title": "Nawr anfonwch eich atebion",
    "check_send": "Ni allwch newid eich atebion ar ôl eu hanfon. Bydd enwau a deipioch yn cael eu dileu.",
    "check_send_vault": (
        "Ni allwch newid eich atebion ar ôl eu hanfon. "
        "Cedwir enwau a deipioch ar wahân, nes i ni wybod pwy rydych yn ei olygu. Yna byddant yn cael eu dileu."
    ),
    "check_send_typed_none": "Ni allwch newid eich atebion ar ôl eu hanfon.",
    "check_button": "Anfon fy atebion",
    # the end
    "done_title": "Diolch",
    "done_panel": "Mae eich atebion wedi'u hanfon",
    "done_next_title": "Beth sy'n digwydd nesaf",
    "done_next_closes": "Rydym yn casglu atebion tan {day}. Yna byddwn yn rhoi atebion pawb at ei gilydd.",
    "done_next_wave": "Byddwn yn gofyn i chi eto o {day}, i weld beth sydd wedi newid.",
    "done_next_nothing": "Nid oes angen i chi wneud dim byd arall. Gallwch gau'r dudalen hon.",
    "done_map_open": "Gweld eich rhwydwaith eich hun",
    "done_map_warning": "Mae hwn yn dangos enwau pobl. Gwnewch yn siŵr nad oes neb arall yn gallu gweld eich sgrin.",
    "done_map_typed": "Mae enwau a deipioch wedi'u dileu. Mae'r bobl hynny'n cael eu dangos gyda rhif.",
    "done_map_vault": "Cedwir enwau a deipioch ar wahân. Mae'r bobl hynny'n cael eu dangos gyda rhif.",
    "done_map_private": "Dim ond chi sy'n gweld y llun hwn.",
    "done_map_empty": "Dywedoch nad ydych yn mynd at neb, felly nid oes llun i'w ddangos.",
    # own map
    "map_title": "Eich rhwydwaith eich hun",
    "map_desc": "Chi sydd yn y canol, gyda llinell i bob un o {count} o bobl. Mae'r tabl isod yn dweud yr un peth.",
    "map_desc_one": "Chi sydd yn y canol, gyda llinell i 1 person. Mae'r tabl isod yn dweud yr un peth.",
    "map_you": "Chi",
    "map_elsewhere": "Lle ddim yn hysbys",
    "map_key": "Beth mae'r llinellau'n ei olygu",
    "map_key_width": "Mae llinell fwy trwchus yn golygu eich bod yn siarad yn amlach.",
    "map_key_arrow": "Mae saeth yn pwyntio at yr un sy'n dysgu.",
    "map_table": "Yr un peth fel tabl",
    "map_person": "Person",
    "map_how": "Sut rydych yn siarad",
    "map_what": "Am beth rydych yn siarad",
    "map_you_learn": "Rydych chi'n dysgu: {what}",
    "map_they_learn": "Maen nhw'n dysgu: {what}",
    "map_nothing": "dim wedi'i dicio",
    "map_unsaid": "Heb ei ateb",
    "formality_formal": "Cyfarfodydd neu grwpiau sefydlog",
    "formality_informal": "Pobl rydych yn eu hadnabod",
    "formality_both": "Y ddau",
    "formality_unsaid": "Heb ei ateb",
    # leaving
    "left_title": "Gallwch gau'r dudalen hon",
    "left_text": "Defnyddiwch y ddolen yn eich e-bost i ddod yn ôl erbyn {day}.",
    "left_saved": "Mae eich atebion wedi'u cadw.",
    "left_unsaved": (
        "Nid oedd y dudalen roeddech arni yn gyflawn, felly nid yw ei hatebion wedi'u cadw. "
        "Mae pob tudalen o'i blaen wedi'i chadw."
    ),
    "left_return": "Mynd yn ôl at y cwestiynau",
    # a table of people or sentences
    "matrix_about": "{question}: {row}",
    "rank_lead": "Rhowch le i bob un. 1 yw'r cyntaf.",
    "rank_lead_top": "Rhowch y {most} cyntaf mewn trefn. 1 yw'r cyntaf.",
    "rank_place": "Lle",
    "rank_none": "Dim lle",
    "date_example": "Er enghraifft, 27 3 2026",
    "month_example": "Er enghraifft, 3 2026",
    "day": "Diwrnod",
    "month": "Mis",
    "year": "Blwyddyn",
    # people from last time
    "review_lead": "Dywedoch wrthym am y bobl hyn y tro diwethaf.",
    # who knows whom
    "ties_one": "Ticiwch y bobl y mae {name} yn eu hadnabod",
    "ties_progress": "{place} o {count}",
    "ties_all": "Ticiwch bob pâr o bobl sy'n adnabod ei gilydd",
    "ties_ask": "Ydyn nhw'n adnabod ei gilydd?",
    "ties_pair": "{low} a {high}",
    "ties_unrelated": "Nid oes neb o'r bobl hyn yn adnabod ei gilydd",
    "ties_picture": "Eich pobl a phwy sy'n adnabod pwy",
    "ties_picture_desc": "Mae llinell yn cysylltu dau sy'n adnabod ei gilydd. Mae'r rhestr isod yn dweud yr un peth.",
    # places, and people at places
    "sites_lead": "Ticiwch bopeth sy'n addas. Gadewch y gweddill yn wag.",
    "sites_find": "Pa le sy'n dod i'r meddwl?",
    "sites_hint": "Teipiwch ran o'r enw, yna pwyswch Ychwanegu. Cewch ychwanegu cynifer o leoedd ag y mynnwch.",
    "sites_which": "Pa le rydych chi'n ei olygu?",
    "sites_add": "Ychwanegu {name}",
    "sites_many": "Rydym yn dangos hyd at {most} lle. Os nad ydych yn gweld eich un chi, teipiwch fwy o'r enw.",
    "sites_empty": "Teipiwch enw lle, yna pwyswch Ychwanegu",
    "sites_unknown": "Ni allem ddod o hyd i “{name}”. Gwiriwch y sillafu, neu teipiwch lai o'r enw",
    "sites_full": "Rydych wedi ychwanegu {most} lle. Dyna gynifer ag y gallwch eu hychwanegu.",
    "sites_added": "Ychwanegwyd {name}. Nawr ticiwch beth sy'n wir.",
    "sites_added_before": "Mae {name} ar eich rhestr.",
    "sites_removed": "Tynnwyd {name}.",
    "sites_none": "Nid ydych wedi ychwanegu lle eto. Os nad oes un, pwyswch Parhau.",
    "sites_none_found": "Ni chafwyd hyd i le. Gwiriwch y sillafu.",
    "sites_assist": "Pan welwch leoedd, defnyddiwch y saethau i fyny ac i lawr, yna Enter i ychwanegu un.",
    "count_hint": "Mae amcangyfrif yn iawn. Ysgrifennwch 0 os nad oes neb. Gadewch yn wag os na allwch ddweud.",
    "place_picture": "Eich pobl mewn cylchoedd o'ch cwmpas",
    "place_picture_desc": "Chi sydd yn y canol. Mae'r rhestr isod yn dweud yr un peth.",
    "place_not_yet": "Heb ei osod eto",
    # the picture so far
    "narrative_lead": "Dyma beth rydych wedi'i ddweud hyd yn hyn. Dim ond chi sy'n ei weld.",
    "narrative_colour": "Ystyr y siapiau a'r lliwiau",
    "narrative_size": "Ystyr maint siâp",
    "narrative_rest": "Pob ateb arall",
    "narrative_marks": "Beth mae'r siâp yn ei ddangos",
    # saved on another screen
    "conflict_title": "Cafodd y dudalen hon ei newid ar sgrin arall",
    "conflict_lead": "Rydych chi neu rywun gyda'ch dolen wedi cadw atebion eraill yma. Nid ydym wedi eu newid.",
    "conflict_question": "Cwestiwn",
    "conflict_mine": "Beth rydych newydd ei anfon",
    "conflict_theirs": "Beth sydd wedi'i gadw",
    "conflict_keep_mine": "Cadw beth rwyf newydd ei anfon",
    "conflict_keep_theirs": "Cadw beth sydd wedi'i gadw",
    # a survey that takes no answers
    "refused_title": "Ni allwch ateb yr arolwg hwn nawr",
    "refused_opens": "Nid yw'r arolwg hwn wedi agor eto. Mae'n agor ar {day}.",
    "refused_opens_next": "Defnyddiwch yr un ddolen eto bryd hynny.",
    "refused_closed": "Caeodd yr arolwg hwn ar {day}. Nid yw'n derbyn rhagor o atebion.",
    "refused_closed_next": "Os hoffech ddweud rhywbeth wrthym o hyd, ysgrifennwch at y sawl a'ch gwahoddodd.",
    "refused_back": "Ewch yn ôl i'r cwestiynau",
    # notices
    "notice_later": "Daw'r dudalen honno'n nes ymlaen. Atebwch hon yn gyntaf. Ni chafodd dim ei gadw.",
    "notice_waiting": "Atebwch y dudalen hon, yna anfonwch eich atebion.",
    "notice_gone": "Nid yw'r person hwnnw ar eich rhestr mwyach. Ni chafodd dim ei gadw.",
    # months, for dates
    "months": "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr",
}
