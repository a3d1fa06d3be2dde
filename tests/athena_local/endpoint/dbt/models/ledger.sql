-- Every order that a run has seen first, in an Iceberg table.
{{ config(materialized='incremental', incremental_strategy='append', table_type='iceberg', format='parquet') }}
select order_id, customer, amount, ordered_on
from {{ ref('orders') }}
{% if is_incremental() %}
where order_id > (select max(order_id) from {{ this }})
{% endif %}
