"""The district office: Django, one room per capability, in the order of the flow."""

from wenpan.district.ground.demo_clock import shift_clock
from wenpan.district.ground.sqlite import bring_fixed_library

bring_fixed_library()
shift_clock()
