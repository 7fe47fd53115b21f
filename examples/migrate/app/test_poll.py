import unittest
from microdot_asyncio_test_client import TestClient
from poll import app, votes


class TestPoll(unittest.IsolatedAsyncioTestCase):
    async def test_one_vote_each(self):
        client = TestClient(app)
        form = {'Content-Type': 'application/x-www-form-urlencoded'}
        res = await client.post('/vote', headers=form, body='day=Friday')
        self.assertEqual(res.status_code, 302)
        res = await client.post('/vote', headers=form, body='day=Monday')
        self.assertEqual(res.status_code, 409)
        self.assertEqual(votes['Friday'], 1)
        self.assertIn('You have voted for Friday', (await client.get('/')).text)
