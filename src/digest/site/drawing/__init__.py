"""What is drawn when the site is built: charts, calendars, pictures for links."""
