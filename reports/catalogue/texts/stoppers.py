"""The texts of stoppers.json. Written by `manage.py makemessages`: edit that file."""

from django.utils.translation import gettext_noop

gettext_noop(
    # Translators: stoppers.json, entry emergency, title
    "Please call {emergency_phone} now"
)
gettext_noop(
    # Translators: stoppers.json, entry emergency, body
    "If someone is in danger, or if this is happening right now, call {emergency_phone}. An "
    "officer can come to you. This website cannot send help."
)
gettext_noop(
    # Translators: stoppers.json, entry emergency, body
    "If you cannot speak safely, send a text message to {emergency_phone}. You can ask for an "
    "interpreter in your language."
)
gettext_noop(
    # Translators: stoppers.json, entry emergency, body
    "When you are safe and it is over, you can come back here or call {agency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry outside-city, title
    "Another police department can help you with this"
)
gettext_noop(
    # Translators: stoppers.json, entry outside-city, body
    "{agency_name} can take online reports only for what happened in the city of {city}."
)
gettext_noop(
    # Translators: stoppers.json, entry outside-city, body
    "Please call the police of the city where it happened. If that place has no police of its "
    "own, call the county sheriff."
)
gettext_noop(
    # Translators: stoppers.json, entry outside-city, body
    "Not sure who that is? Call {agency_phone} and we will help you find out."
)
gettext_noop(
    # Translators: stoppers.json, entry freeway, title
    "The Highway Patrol takes reports from freeways"
)
gettext_noop(
    # Translators: stoppers.json, entry freeway, body
    "Freeways, their ramps and shoulders are looked after by the California Highway Patrol "
    "(CHP)."
)
gettext_noop(
    # Translators: stoppers.json, entry freeway, body
    "Please call the CHP at 1-800-835-5247 (1-800-TELL-CHP). They will take your report."
)
gettext_noop(
    # Translators: stoppers.json, entry freeway, body
    "If you are on the freeway and in danger, call {emergency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry hurt-or-threatened, title
    "We would like to talk with you ourselves"
)
gettext_noop(
    # Translators: stoppers.json, entry hurt-or-threatened, body
    "We are sorry that this happened. When someone was hurt or threatened, an officer should "
    "hear it from you and not through a form."
)
gettext_noop(
    # Translators: stoppers.json, entry hurt-or-threatened, body
    "If anyone needs a doctor or is still in danger, call {emergency_phone} now."
)
gettext_noop(
    # Translators: stoppers.json, entry hurt-or-threatened, body
    "If you are safe, call {agency_phone} or go to any police station. You can bring someone "
    "with you and ask for an interpreter."
)
gettext_noop(
    # Translators: stoppers.json, entry firearm, title
    "Please tell us about the gun by phone"
)
gettext_noop(
    # Translators: stoppers.json, entry firearm, body
    "A lost or stolen gun could hurt someone, so we need to know about it at once."
)
gettext_noop(
    # Translators: stoppers.json, entry firearm, body
    "Please call {agency_phone} or go to any police station. An officer will take the whole "
    "report, so you need not file anything here."
)
gettext_noop(
    # Translators: stoppers.json, entry firearm, body
    "If someone has the gun and you are afraid of what could happen, call {emergency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry known-suspect, title
    "An officer should take this report"
)
gettext_noop(
    # Translators: stoppers.json, entry known-suspect, body
    "You may know who did this, where they are, or what vehicle they used. An officer can act "
    "on that better than this website can."
)
gettext_noop(
    # Translators: stoppers.json, entry known-suspect, body
    "Please call {agency_phone} or go to any police station. Please do not go after the person "
    "yourself."
)
gettext_noop(
    # Translators: stoppers.json, entry known-suspect, body
    "If the person is near you now, call {emergency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry vehicle-taken, title
    "Please report a stolen vehicle by phone"
)
gettext_noop(
    # Translators: stoppers.json, entry vehicle-taken, body
    "When a vehicle itself is gone, officers everywhere should look for it right away. That "
    "starts fastest with a call."
)
gettext_noop(
    # Translators: stoppers.json, entry vehicle-taken, body
    "Please call {agency_phone} or go to any police station. Have your license plate number "
    "ready if you can."
)
gettext_noop(
    # Translators: stoppers.json, entry vehicle-taken, body
    "If you see someone taking it now, stay away and call {emergency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry stolen-not-lost, title
    "It may have been stolen"
)
gettext_noop(
    # Translators: stoppers.json, entry stolen-not-lost, body
    "If someone took it, we should write it down as a theft, so that we can look into it."
)
gettext_noop(
    # Translators: stoppers.json, entry stolen-not-lost, body
    "Was it taken from a car, truck or other vehicle? You can report that here."
)
gettext_noop(
    # Translators: stoppers.json, entry stolen-not-lost, body
    "For any other theft, call {agency_phone} or go to any police station. If someone used "
    "force or a threat to take it, call {emergency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry hate-with-an-officer, title
    "You should not have to go through this alone"
)
gettext_noop(
    # Translators: stoppers.json, entry hate-with-an-officer, body
    "We are sorry that this happened to you. What you told us may be serious, so an officer "
    "should hear it from you and not through a form."
)
gettext_noop(
    # Translators: stoppers.json, entry hate-with-an-officer, body
    "If you are in danger or need a doctor, call {emergency_phone} now."
)
gettext_noop(
    # Translators: stoppers.json, entry hate-with-an-officer, body
    "If you are safe, call {agency_phone} or go to the police station nearest to you. You can "
    "bring someone you trust and ask for an interpreter. You do not have to know whether it was "
    "a crime."
)
gettext_noop(
    # Translators: stoppers.json, entry hate-with-an-officer, body
    "Would you rather talk to someone who is not the police? Call CA vs Hate at 833-866-4283, "
    "or dial 211 and ask for LA vs Hate. You can stay anonymous."
)
