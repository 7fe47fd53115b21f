{% args count, numbers %}
The first {{ count }} numbers, and their squares

{% for n, square in numbers %}
{{ '%9d' % n }} {{ '%15d' % square }}
{% endfor %}
