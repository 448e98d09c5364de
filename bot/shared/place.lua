-- The next place for an alert: an even gap after the last one, never more than so many messages in a second, once a
-- second under any flood of answers. The same rule as Budget's, for all replicas together.
-- KEYS: gone, answers, last, pause, chat. ARGV: most in a second, second, rest of the chat (microseconds).
-- Returns which verdict it is and how many microseconds to wait: only differences leave, so that no clock is compared.
local PLACE, CHAT_RESTS, EVERYBODY_WAITS = 0, 1, 2
local gone, answers, last, pause, chat = unpack(KEYS)
local most, second, rest = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]

local function number(key)
    return tonumber(redis.call('GET', key) or 0)
end

local paused_until = number(pause)
if paused_until > now then
    return {EVERYBODY_WAITS, paused_until - now}
end
local rested = number(chat)
if rested > now then
    return {CHAT_RESTS, rested - now}
end

local over = string.format('%.0f', now - second)
redis.call('ZREMRANGEBYSCORE', gone, '-inf', over)
redis.call('ZREMRANGEBYSCORE', answers, '-inf', over)
local last_place = number(last)
local place = math.max(now, last_place + second / math.max(1, most - redis.call('ZCARD', answers)))
local earlier = redis.call('ZREVRANGE', gone, most - 1, most - 1, 'WITHSCORES')
if earlier[2] then
    place = math.max(place, math.min(tonumber(earlier[2]), last_place) + second)
end
place = math.ceil(place)

local moment = string.format('%.0f', place)
local kept = math.ceil((place - now + second) / 1000)
redis.call('SET', last, moment, 'PX', kept)
redis.call('ZADD', gone, moment, 'alert ' .. moment)
redis.call('PEXPIRE', gone, kept)
redis.call('SET', chat, string.format('%.0f', place + rest), 'PX', math.ceil((place - now + rest) / 1000))
return {PLACE, place - now}
