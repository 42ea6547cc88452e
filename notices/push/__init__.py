"""Push to browsers and apps. Carries no text of a message: what happened, a subject line, and in which thread."""
