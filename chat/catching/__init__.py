"""What people's words hold that staff should know of: contact details, payment outside, blackmail, threats, cards.

Pure: no Django, no network, no model. Must never decide what is done about a find: the profile does (conduct.py).
"""
