-- wrk: requests at random from a file with a line "path<tab>cookie<tab>accept-encoding" each.
local requests = {}

function init(args)
    math.randomseed(tonumber(args[2]))
    for line in io.lines(args[1]) do
        local path, cookie, encoding = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)$")
        local headers = { ["Host"] = wrk.headers["Host"] }
        if cookie ~= "" then headers["Cookie"] = cookie end
        if encoding ~= "" then headers["Accept-Encoding"] = encoding end
        requests[#requests + 1] = wrk.format("GET", path, headers)
    end
end

function request()
    return requests[math.random(#requests)]
end
