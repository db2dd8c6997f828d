"""What a person fills in: form-js files, and the rules that the server holds every submission against."""
