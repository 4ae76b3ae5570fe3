"""表内关系: what forms print, proposed as rules and confirmed by a person."""
