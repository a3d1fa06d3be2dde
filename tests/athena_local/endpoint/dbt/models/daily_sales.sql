-- One row per day and customer; a run replaces the days that it sees.
{{ config(
    materialized='incremental', incremental_strategy='insert_overwrite', partitioned_by=['ordered_on'],
    format='parquet'
) }}
select customer, sum(amount) as amount, count(*) as orders, ordered_on
from {{ ref('orders') }}
{% if is_incremental() %}
where ordered_on >= (select max(ordered_on) from {{ this }})
{% endif %}
group by customer, ordered_on
