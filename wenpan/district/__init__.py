"""The district office: Django, one room per capability, in the order of the flow."""

from wenpan.district.shifted import shift_clock
from wenpan.district.sqlite import bring_fixed_library

bring_fixed_library()
shift_clock()
