"""Invented names and job titles; nobody real is meant."""

from __future__ import annotations

_FIRST = """
    Abena Adam Aisha Alan Aleksandra Amara Amir Amy Andrew Angela Anil Anna Arjun Ayodele Beatriz Ben Bilal Blessing
    Bronwen Carlos Catherine Chidi Chloe Claire Daniel Deepa Denise Dmitri Efua Elena Elizabeth Emeka Emma Esther
    Fatima Femi Fiona Gareth Grace Graham Hannah Harpreet Hassan Helen Hiroshi Ibrahim Imogen Ines Irina Jack Jasmine
    Joanna Jorge Joseph Joy Karen Karim Kavita Kwame Laura Lee Leila Liam Linh Lucy Magdalena Manpreet Marcus Maria
    Mariam Mark Mei Mercy Michael Mina Mohammed Nadia Naomi Neil Ngozi Nikhil Olga Oliver Olu Omar Paolo Parveen Patrick
    Paul Pedro Philip Piotr Precious Priya Rachel Raj Rania Rebecca Richard Rosa Ruth Samira Samuel Sandra Sanjay Sarah
    Siobhan Sofia Stephen Sunita Susan Tariq Teresa Thandiwe Thomas Tom Uchenna Usha Victoria Vikram Wei Yasmin Yusuf
    Zainab Zoe Zofia
"""
_LAST = """
    Abbott Achebe Adeyemi Afolabi Ahmed Akhtar Ali Allen Antoniou Appiah Banerjee Barker Begum Bennett Boateng Brennan
    Brown Burton Campbell Castillo Chan Chaudhry Chen Clarke Coleman Costa Cruz Dalton Davies Desai Dhillon Diaz Doyle
    Edwards Ekwueme Evans Fernandes Fletcher Garcia Gill Gordon Green Griffiths Gupta Hall Harding Hassan Hughes Hussain
    Ibrahim Iqbal Jackson James Jones Joshi Kaur Kelly Khan Kim Kowalski Kumar Lambert Lewis Li Lopez Mahmood Marsh
    Martin Mensah Mistry Moore Moyo Murphy Ncube Nguyen Novak Nowak Obi Okafor Okoye Osei Owusu Palmer Papadopoulos
    Parker Patel Pereira Popescu Qureshi Rahman Rao Reid Reyes Roberts Rossi Russell Santos Shah Sharma Silva Singh
    Smith Sokolov Stewart Taylor Thapa Thompson Turner Varghese Walker Ward Watson White Williams Wilson Wright Yeboah
    Young Zhang
"""
FIRST_NAMES = tuple(_FIRST.split())
SURNAMES = tuple(_LAST.split())
SHARED_NAME = "Raj Khan"
"""A name that two people have, at two sites, so that the roster has to tell them apart."""

JOB_TITLES = {
    "cio": ("Chief clinical information officer", "Chief nursing information officer"),
    "it": (
        "Digital programme lead",
        "Systems configuration lead",
        "Integration engineer",
        "Digital trainer",
        "Service desk manager",
        "Clinical safety officer",
    ),
    "doctor": ("Consultant physician", "Consultant anaesthetist", "Specialty registrar", "Consultant psychiatrist"),
    "nurse": ("Ward manager", "Digital midwife", "Clinical nurse specialist", "Staff nurse", "Community matron"),
    "pharmacist": ("Lead pharmacist", "Electronic prescribing pharmacist", "Ward pharmacist"),
    "manager": ("Service manager", "Head of transformation", "Operations manager", "Project manager"),
    "analyst": ("Information analyst", "Data engineer", "Senior reporting analyst"),
}
ANY_JOB_TITLES = ("Team lead", "Officer")
"""What people of any other role are called."""
