-- Submits of customers that are not alike, for wrk; what the claim says besides comes from the environment.
local one, two = "bdfgklmnprstvz", "aeiou"
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("seed", os.time() * 8 + threads)
end

local function some(letters)
  local place = math.random(#letters)
  return letters:sub(place, place)
end

local function word()
  local text = ""
  for _ = 1, 4 do
    text = text .. some(one) .. some(two)
  end
  return text
end

local tail

function init()
  math.randomseed(seed)
  tail = string.format(
    '"country":"DE"},"program":"%s","products":[{"product":"%s","quantity":1}],'
      .. '"value":{"amount_minor":5000000,"currency":"%s"},"expected_close":"%s",'
      .. '"evidence":[{"kind":"meeting","on":"%s","note":"First meeting with the buyer."}],"submit":true}',
    os.getenv("PROGRAM"), os.getenv("PRODUCT"), os.getenv("CURRENCY"), os.getenv("CLOSE"), os.getenv("MET")
  )
  wrk.method = "POST"
  wrk.headers["content-type"] = "application/json"
  wrk.headers["accept"] = "application/json"
  wrk.headers["authorization"] = os.getenv("KEY")
end

function request()
  local a, b = word(), word()
  local claim = '{"customer":{"name":"%s %s GmbH","website":"%s-%s.example",%s'
  return wrk.format(nil, nil, nil, string.format(claim, a, b, a, b, tail))
end
