"""Steps of the schema, oldest first; `runner` applies them. A step that has been released is never changed."""
