-- Orders as they were placed, one row each.
{{ config(materialized='view') }}
select
    order_id, cast(customer as varchar) as customer, cast(amount as decimal(10, 2)) as amount,
    cast(ordered_on as date) as ordered_on
from (
    values
        (1, 'ada', 12.5, '2026-11-20'), (2, 'ben', 7.25, '2026-11-20'), (3, 'ada', 3.0, '2026-11-21')
        {% if var('later', false) %}, (4, 'cleo', 40.0, '2026-11-21'), (5, 'ben', 1.5, '2026-11-22') {% endif %}
) as t (order_id, customer, amount, ordered_on)
