"""Addresses at which email providers report bounces and complaints, not emails they receive."""

from anymail import urls

app_name = "anymail"
urlpatterns = [
    pattern
    for pattern in urls.urlpatterns
    if pattern.name and "inbound" not in pattern.name and pattern.name != "mandrill_webhook"
]
