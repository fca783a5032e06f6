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
    # Translators: stoppers.json, entry hate-emergency, title
    "Please call {emergency_phone} now"
)
gettext_noop(
    # Translators: stoppers.json, entry hate-emergency, body
    "If someone is in danger, or if this is happening right now, call {emergency_phone}. An "
    "officer can come to you. This website cannot send help."
)
gettext_noop(
    # Translators: stoppers.json, entry hate-emergency, body
    "If you cannot speak safely, send a text message to {emergency_phone}. You can ask for an "
    "interpreter in your language."
)
gettext_noop(
    # Translators: stoppers.json, entry hate-emergency, body
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
    "You can report a theft here if nobody was hurt or threatened."
)
gettext_noop(
    # Translators: stoppers.json, entry stolen-not-lost, body
    "If someone used force or a threat to take it, call {emergency_phone} now, or "
    "{agency_phone} if you are safe."
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
gettext_noop(
    # Translators: stoppers.json, entry from-a-vehicle, title
    "There is a better form for this"
)
gettext_noop(
    # Translators: stoppers.json, entry from-a-vehicle, body
    "When something was taken from inside a car, truck or other vehicle, we ask a few other "
    "questions."
)
gettext_noop(
    # Translators: stoppers.json, entry from-a-vehicle, body
    "You can report it here."
)
gettext_noop(
    # Translators: stoppers.json, entry from-a-vehicle, body
    "Rather talk to someone? Call {agency_phone}. If anyone is in danger, call "
    "{emergency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry break-in, title
    "An officer should see the place"
)
gettext_noop(
    # Translators: stoppers.json, entry break-in, body
    "When someone goes into a home, garage or closed building, an officer should come and look "
    "for traces."
)
gettext_noop(
    # Translators: stoppers.json, entry break-in, body
    "Please touch as little as you can and call {agency_phone}, or go to any police station."
)
gettext_noop(
    # Translators: stoppers.json, entry break-in, body
    "If someone may still be inside, do not go in. Call {emergency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry gun-used, title
    "Please call us about the shots"
)
gettext_noop(
    # Translators: stoppers.json, entry gun-used, body
    "When a gun may have been used, an officer should come and look, even if nobody was hit."
)
gettext_noop(
    # Translators: stoppers.json, entry gun-used, body
    "Please call {emergency_phone} if it just happened or someone may be hurt. Otherwise call "
    "{agency_phone} or go to any police station."
)
gettext_noop(
    # Translators: stoppers.json, entry gun-used, body
    "Please leave everything as it is, also the shells on the ground."
)
gettext_noop(
    # Translators: stoppers.json, entry fire, title
    "Please call us about the fire"
)
gettext_noop(
    # Translators: stoppers.json, entry fire, body
    "When something burned or exploded, people could have been hurt. An officer and the fire "
    "department should look at it."
)
gettext_noop(
    # Translators: stoppers.json, entry fire, body
    "If it still burns or smokes, get away from it and call {emergency_phone} now."
)
gettext_noop(
    # Translators: stoppers.json, entry fire, body
    "If it is out, call {agency_phone} or go to any police station."
)
gettext_noop(
    # Translators: stoppers.json, entry not-delivered, title
    "The sender can look for it first"
)
gettext_noop(
    # Translators: stoppers.json, entry not-delivered, body
    "If nobody says that the package was delivered, it may be late or lost. We could not tell "
    "that it was stolen."
)
gettext_noop(
    # Translators: stoppers.json, entry not-delivered, body
    "Please ask the sender or the delivery company first. For mail, ask the Postal Service: "
    "1-800-275-8777. They can search for it and often send it again."
)
gettext_noop(
    # Translators: stoppers.json, entry not-delivered, body
    "If you learn that it was delivered and then taken, come back here or call {agency_phone}. "
    "If anyone is in danger, call {emergency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry crash, title
    "An officer should take this report"
)
gettext_noop(
    # Translators: stoppers.json, entry crash, body
    "We are sorry that this happened. When someone is hurt in a crash, even a little, or a "
    "driver may have been drunk, an officer should look into it."
)
gettext_noop(
    # Translators: stoppers.json, entry crash, body
    "If anyone is hurt or feels pain, or if it just happened, call {emergency_phone} now."
)
gettext_noop(
    # Translators: stoppers.json, entry crash, body
    "If it is over and everyone is safe, call {agency_phone} or go to any police station."
)
gettext_noop(
    # Translators: stoppers.json, entry stalking, title
    "We would like to talk with you ourselves"
)
gettext_noop(
    # Translators: stoppers.json, entry stalking, body
    "We are sorry that you have to live with this. You should not have to deal with it alone, "
    "and an officer should hear it from you and not through a form."
)
gettext_noop(
    # Translators: stoppers.json, entry stalking, body
    "If the person is near you or you are afraid, call {emergency_phone} now."
)
gettext_noop(
    # Translators: stoppers.json, entry stalking, body
    "If you are safe, call {agency_phone} or go to any police station. You can bring someone "
    "you trust and ask for an interpreter."
)
gettext_noop(
    # Translators: stoppers.json, entry stalking, body
    "You can also talk to people who are not the police, day and night: the National Domestic "
    "Violence Hotline, 1-800-799-7233."
)
gettext_noop(
    # Translators: stoppers.json, entry court-order, title
    "An officer should see the court order"
)
gettext_noop(
    # Translators: stoppers.json, entry court-order, body
    "If a court forbids the person to contact you, each call and each message may be a crime. "
    "An officer can act on that."
)
gettext_noop(
    # Translators: stoppers.json, entry court-order, body
    "Please call {agency_phone} or go to any police station. Bring the court order and the "
    "messages if you have them."
)
gettext_noop(
    # Translators: stoppers.json, entry court-order, body
    "If the person is near you or you are afraid, call {emergency_phone} now."
)
gettext_noop(
    # Translators: stoppers.json, entry hate-contact, title
    "There is a better form for this"
)
gettext_noop(
    # Translators: stoppers.json, entry hate-contact, body
    "We are sorry that this happened. When it is about who you or others are, we ask other "
    "questions, and our hate-crime team reads what you write."
)
gettext_noop(
    # Translators: stoppers.json, entry hate-contact, body
    "You can report it here, also without giving your name. You do not have to decide if it is "
    "a crime."
)
gettext_noop(
    # Translators: stoppers.json, entry hate-contact, body
    "Rather talk to someone? Call {agency_phone}. If anyone is in danger, call "
    "{emergency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry scam-now, title
    "Please stop and hang up"
)
gettext_noop(
    # Translators: stoppers.json, entry scam-now, body
    "You may stop talking at any time. Real banks, offices and police officers never ask for "
    "codes, gift cards or money at the door."
)
gettext_noop(
    # Translators: stoppers.json, entry scam-now, body
    "Call your bank at the number on your card, and ask them to stop what was paid. If someone "
    "is at your door or frightens you, call {emergency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry scam-now, body
    "After that, come back here or call {agency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry identity-elsewhere, title
    "The police where you live can help you"
)
gettext_noop(
    # Translators: stoppers.json, entry identity-elsewhere, body
    "In California the police of the place where you live take a report of identity theft, "
    "wherever it was done."
)
gettext_noop(
    # Translators: stoppers.json, entry identity-elsewhere, body
    "Please call the police of your city. If your place has no police of its own, call the "
    "county sheriff. IdentityTheft.gov tells you step by step what to do."
)
gettext_noop(
    # Translators: stoppers.json, entry identity-elsewhere, body
    "Not sure who that is? Call {agency_phone} and we will help you find out. If anyone is in "
    "danger, call {emergency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry card-instead, title
    "There is a shorter form for this"
)
gettext_noop(
    # Translators: stoppers.json, entry card-instead, body
    "When a card or an account that you already had was used, and nothing else, a shorter "
    "report is enough."
)
gettext_noop(
    # Translators: stoppers.json, entry card-instead, body
    "Please call your bank first, so that nothing more is taken. Then you can report it here."
)
gettext_noop(
    # Translators: stoppers.json, entry card-instead, body
    "Rather talk to someone? Call {agency_phone}. If anyone is in danger, call "
    "{emergency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry identity-instead, title
    "There is a better form for this"
)
gettext_noop(
    # Translators: stoppers.json, entry identity-instead, body
    "When someone opens accounts or signs contracts in your name, it is identity theft. You can "
    "name the cards there too."
)
gettext_noop(
    # Translators: stoppers.json, entry identity-instead, body
    "Please call your bank first, so that nothing more is taken. Then you can report it here."
)
gettext_noop(
    # Translators: stoppers.json, entry identity-instead, body
    "Rather talk to someone? Call {agency_phone}. If anyone is in danger, call "
    "{emergency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry dumping-now, title
    "Please call, and keep your distance"
)
gettext_noop(
    # Translators: stoppers.json, entry dumping-now, body
    "If someone is dumping things right now, an officer may still meet them there. Please do "
    "not speak to them or stand in their way."
)
gettext_noop(
    # Translators: stoppers.json, entry dumping-now, body
    "Call {agency_phone}. If you feel in danger, or if it smokes, burns or smells strong, call "
    "{emergency_phone}."
)
gettext_noop(
    # Translators: stoppers.json, entry dumping-now, body
    "When it is over, you can come back here and report it."
)
gettext_noop(
    # Translators: stoppers.json, entry hazard, title
    "Please keep away and call"
)
gettext_noop(
    # Translators: stoppers.json, entry hazard, body
    "What lies there could hurt someone. Please keep away from it, and keep children and "
    "animals away."
)
gettext_noop(
    # Translators: stoppers.json, entry hazard, body
    "If it smokes, burns, leaks or smells strong, or if there are guns or explosives, call "
    "{emergency_phone} now."
)
gettext_noop(
    # Translators: stoppers.json, entry hazard, body
    "Otherwise call {agency_phone}. Someone who knows how will take it away."
)
gettext_noop(
    # Translators: stoppers.json, entry new-report, title
    "Please make a new report for this"
)
gettext_noop(
    # Translators: stoppers.json, entry new-report, body
    "What is new should have a report of its own, so that nothing is lost. Please name the "
    "number of your earlier report in it."
)
gettext_noop(
    # Translators: stoppers.json, entry new-report, body
    "Choose below what kind of report it is. If none fits, call {agency_phone} or go to any "
    "police station."
)
gettext_noop(
    # Translators: stoppers.json, entry new-report, body
    "If anyone is in danger or it is happening now, call {emergency_phone}."
)
