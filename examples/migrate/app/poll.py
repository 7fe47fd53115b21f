#!/usr/bin/env python3
"""A poll: every visitor has one vote, and everybody sees the result at once."""
from microdot_asyncio import Microdot, Request, Response, redirect
from microdot_asyncio_websocket import with_websocket
from microdot_jinja import render_template
from microdot_session import set_session_secret_key, with_session, update_session

Request.socket_read_timeout = 10
Response.default_content_type = 'text/html'

app = Microdot()
set_session_secret_key('not for production')

votes = {'Monday': 0, 'Tuesday': 0, 'Friday': 0}
watching = []


@app.route('/')
@with_session
async def index(request, session):
    return render_template('poll.html', votes=votes, mine=session.get('vote'))


@app.post('/vote')
@with_session
async def vote(request, session):
    day = request.form.get('day')
    if day not in votes:
        return 'There is no such day', 400
    if session.get('vote'):
        return 'You have voted already', 409
    votes[day] += 1
    session['vote'] = day
    update_session(request, session)
    for ws in list(watching):
        await ws.send(result())
    return redirect('/')


@app.get('/live')
@with_websocket
async def live(request, ws):
    watching.append(ws)
    try:
        await ws.send(result())
        while True:
            await ws.receive()
    except OSError:
        pass  # they have left
    finally:
        watching.remove(ws)


def result():
    return ', '.join(f'{day}: {count}' for day, count in votes.items())


if __name__ == '__main__':
    app.run(port=5000, debug=True)
