"""Addresses of 往来."""

from wenpan.district.exchange.pages import routes

app_name = "exchange"
urlpatterns = routes
